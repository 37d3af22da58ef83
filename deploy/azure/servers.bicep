// Managed servers for `Shop:Servers=managed` (docs/deploy.md): PostgreSQL, a Redis that keeps the baskets and one that is a cache. Each connection string becomes a secret of the key vault, named like AppHost's parameter that takes it.

@description('Where everything is created.')
param location string = resourceGroup().location

@description('Start of all names; a suffix makes them unique.')
@minLength(3)
@maxLength(10)
param name string = 'shop'

@description('Password of the PostgreSQL administrator, which no service gets.')
@secure()
@minLength(20)
param administratorPassword string

@description('Passwords of the services, letters and digits: of the database roles catalog, ordering, identity and of the broker accounts catalog-api, ordering-api, basket-api, webapp.')
@secure()
param passwords object

@description('The broker without its accounts: broker.example:5671/vhost of a RabbitMQ server with TLS. Empty for Service Bus.')
param rabbitMq string = ''

@description('Object ids of the managed identities of the services, for Service Bus: catalog-api, ordering-api, basket-api, webapp. Empty: they share a key, whose connection string is the secret `messaging`.')
param principals object = {}

@description('Object id of the person or identity that may read the vault.')
param readerId string

var suffix = uniqueString(resourceGroup().id, name)

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('${name}-${suffix}', 24)
  location: location
  properties: {
    sku: { family: 'A', name: 'standard' }
    tenantId: subscription().tenantId
    enableRbacAuthorization: true
    enableSoftDelete: true
  }
}

// Key Vault Secrets User.
var mayReadSecrets = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, readerId, mayReadSecrets)
  properties: { roleDefinitionId: mayReadSecrets, principalId: readerId }
}

resource messaging 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = [for service in ['catalog-api', 'ordering-api', 'basket-api', 'webapp']: if (!empty(rabbitMq)) {
  parent: vault
  name: 'messaging-${service}'
  properties: { value: 'amqps://${service}:${passwords[service]}@${rabbitMq}' }
}]

module postgres 'postgres.bicep' = {
  params: {
    location: location
    name: '${name}-pg-${suffix}'
    vaultName: vault.name
    administratorPassword: administratorPassword
    passwords: passwords
  }
}

module basketStore 'redis.bicep' = {
  params: { location: location, name: '${name}-baskets-${suffix}', vaultName: vault.name, secretName: 'basketstore', persistent: true }
}

module cache 'redis.bicep' = {
  params: { location: location, name: '${name}-cache-${suffix}', vaultName: vault.name, secretName: 'cache', persistent: false }
}

module broker 'servicebus.bicep' = if (empty(rabbitMq)) {
  params: { location: location, name: '${name}-bus-${suffix}', vaultName: vault.name, principals: principals }
}

@description('Read a secret: az keyvault secret show --vault-name … --name catalogdb --query value --output tsv')
output vaultName string = vault.name

@description('PGHOST for deploy/postgres-databases.sh.')
output postgresHost string = postgres.outputs.host

@description('ConnectionStrings:messaging with managed identities; empty for RabbitMQ.')
output serviceBusHost string = empty(rabbitMq) ? broker!.outputs.hostName : ''
