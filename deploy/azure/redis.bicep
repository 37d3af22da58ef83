// Azure Managed Redis: one endpoint at port 10000, TLS only.
param location string
param name string
param vaultName string
param secretName string

@description('Writes to disk every second and evicts nothing. A cache needs neither.')
param persistent bool

resource cluster 'Microsoft.Cache/redisEnterprise@2025-04-01' = {
  name: name
  location: location
  sku: { name: 'Balanced_B0' }
  properties: { minimumTlsVersion: '1.2', highAvailability: 'Enabled' }
}

resource database 'Microsoft.Cache/redisEnterprise/databases@2025-04-01' = {
  parent: cluster
  name: 'default'
  properties: {
    clientProtocol: 'Encrypted'
    port: 10000
    // The event bus uses scripts and transactions over several keys, which a cluster refuses.
    clusteringPolicy: 'NoCluster'
    evictionPolicy: persistent ? 'NoEviction' : 'AllKeysLRU'
    persistence: persistent ? { aofEnabled: true, aofFrequency: '1s' } : { aofEnabled: false }
    accessKeysAuthentication: 'Enabled'
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource secret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: secretName
  properties: { value: '${cluster.properties.hostName}:10000,password=${database.listKeys().primaryKey},ssl=true' }
}
