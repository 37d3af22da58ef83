// PostgreSQL Flexible Server. deploy/postgres-databases.sh creates the databases and their roles, and the services their tables.
param location string
param name string
param vaultName string

@secure()
param administratorPassword string

@secure()
param passwords object

var administrator = 'shop'
var roles = ['catalog', 'ordering', 'identity']

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

// Container apps without a network of their own come from changing addresses of Azure. For real data use a private endpoint instead.
resource fromAzure 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2024-08-01' = {
  parent: server
  name: 'azure'
  properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
  dependsOn: [extensions]
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource secrets 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = [for role in roles: {
  parent: vault
  name: '${role}db'
  properties: {
    value: 'Host=${server.properties.fullyQualifiedDomainName};Username=${role};Password=${passwords[role]};Database=${role}db;SSL Mode=VerifyFull'
  }
}]

output host string = server.properties.fullyQualifiedDomainName
