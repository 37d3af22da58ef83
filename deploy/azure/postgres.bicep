// PostgreSQL Flexible Server with the databases of the services, which create their tables themselves.
param location string
param name string
param vaultName string

@secure()
param administratorPassword string

var administrator = 'shop'
var names = ['catalogdb', 'orderingdb', 'identitydb']

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: name
  location: location
  sku: { name: 'Standard_B2s', tier: 'Burstable' }
  properties: {
    version: '17'
    administratorLogin: administrator
    administratorLoginPassword: administratorPassword
    storage: { storageSizeGB: 32, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: 14, geoRedundantBackup: 'Disabled' }
    highAvailability: { mode: 'Disabled' }
  }
}

// The catalog's first migration creates this extension, and the server refuses `create extension` for any that is not on this list.
resource extensions 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2024-08-01' = {
  parent: server
  name: 'azure.extensions'
  properties: { value: 'pg_trgm', source: 'user-override' }
}

// One after the other: the server refuses a change while another one is in progress.
@batchSize(1)
resource databases 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = [for database in names: {
  parent: server
  name: database
  properties: { charset: 'UTF8', collation: 'en_US.utf8' }
  dependsOn: [extensions]
}]

// Container apps without a network of their own come from changing addresses of Azure. For real data use a private endpoint instead.
resource fromAzure 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2024-08-01' = {
  parent: server
  name: 'azure'
  properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
  dependsOn: [databases]
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource secrets 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = [for database in names: {
  parent: vault
  name: database
  properties: {
    value: 'Host=${server.properties.fullyQualifiedDomainName};Username=${administrator};Password=${administratorPassword};Database=${database};SSL Mode=VerifyFull'
  }
}]
