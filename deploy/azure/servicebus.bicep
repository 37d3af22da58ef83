// Service Bus namespace with what the shop needs (docs/deploy.md). servicebus-topology.json is generated from the declarations of the services.
param location string
param name string
param vaultName string

@description('Object ids of the managed identities of the services, by name: catalog-api, ordering-api, basket-api, webapp. A service without one gets no rights.')
param principals object = {}

@description('Standard is the lowest tier with topics and sessions.')
@allowed(['Standard', 'Premium'])
param tier string = 'Standard'

var topology = loadJsonContent('servicebus-topology.json')

// A consumer renews its locks at half of this time. Crashes count as deliveries, so the limit is high: the services count failures themselves.
var lockDuration = 'PT1M'
var maxDeliveryCount = 1000

// Azure Service Bus Data Sender and Data Receiver.
var maySend = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39')
var mayReceive = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0')

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  sku: { name: tier, tier: tier, capacity: tier == 'Premium' ? 1 : null }
  properties: { minimumTlsVersion: '1.2', disableLocalAuth: !empty(principals) }
}

// Without duplicate detection: it would drop retries and replays, which keep their message id.
resource topic 'Microsoft.ServiceBus/namespaces/topics@2024-01-01' = {
  parent: namespace
  name: topology.topic
  properties: { supportOrdering: true, requiresDuplicateDetection: false }
}

resource subscriptions 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' = [for subscription in topology.subscriptions: {
  parent: topic
  name: subscription
  properties: { requiresSession: true, lockDuration: lockDuration, maxDeliveryCount: maxDeliveryCount }
}]

// The rule $Default, which Azure creates with a subscription and which matches everything, is replaced by one for copies of failed messages.
// Without it, retries and replays are lost: Service Bus drops what matches no rule and reports success.
resource rules 'Microsoft.ServiceBus/namespaces/topics/subscriptions/rules@2024-01-01' = [for rule in topology.rules: {
  name: '${namespace.name}/${topic.name}/${rule.subscription}/${rule.name}'
  properties: { filterType: 'CorrelationFilter', correlationFilter: rule.filter }
  dependsOn: [subscriptions]
}]

resource queues 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [for queue in topology.queues: {
  parent: namespace
  name: queue
  properties: { requiresSession: true, requiresDuplicateDetection: false, lockDuration: lockDuration, maxDeliveryCount: maxDeliveryCount }
}]

resource topicSenders 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for service in topology.topicSenders: if (contains(principals, service)) {
  scope: topic
  name: guid(topic.id, service, maySend)
  properties: { roleDefinitionId: maySend, principalId: principals[?service] ?? '', principalType: 'ServicePrincipal' }
}]

resource subscribers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (service, i) in topology.subscriptions: if (contains(principals, service)) {
  scope: subscriptions[i]
  name: guid(subscriptions[i].id, service, mayReceive)
  properties: { roleDefinitionId: mayReceive, principalId: principals[?service] ?? '', principalType: 'ServicePrincipal' }
}]

resource queueSenders 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for right in topology.queueSenders: if (contains(principals, right.service)) {
  scope: queues[indexOf(topology.queues, right.queue)]
  name: guid(namespace.id, right.queue, right.service, maySend)
  properties: { roleDefinitionId: maySend, principalId: principals[?right.service] ?? '', principalType: 'ServicePrincipal' }
}]

resource queueReceivers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for right in topology.queueReceivers: if (contains(principals, right.service)) {
  scope: queues[indexOf(topology.queues, right.queue)]
  name: guid(namespace.id, right.queue, right.service, mayReceive)
  properties: { roleDefinitionId: mayReceive, principalId: principals[?right.service] ?? '', principalType: 'ServicePrincipal' }
}]

// Without managed identities, all services share a key of the namespace; the connection string with it is the secret `messaging`.
resource key 'Microsoft.ServiceBus/namespaces/AuthorizationRules@2024-01-01' = if (empty(principals)) {
  parent: namespace
  name: 'shop'
  properties: { rights: ['Listen', 'Send'] }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource secret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (empty(principals)) {
  parent: vault
  name: 'messaging'
  properties: { value: empty(principals) ? key!.listKeys().primaryConnectionString : '' }
}

@description('ConnectionStrings:messaging of the services with a managed identity.')
output hostName string = '${namespace.name}.servicebus.windows.net'
