// Service Bus namespace. Standard is the lowest tier with topics and sessions.
param location string
param name string
param vaultName string

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  sku: { name: 'Standard', tier: 'Standard' }
  properties: { minimumTlsVersion: '1.2' }
}

resource key 'Microsoft.ServiceBus/namespaces/AuthorizationRules@2024-01-01' = {
  parent: namespace
  name: 'shop'
  properties: { rights: ['Listen', 'Send', 'Manage'] }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource secret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'servicebus'
  properties: { value: key.listKeys().primaryConnectionString }
}
