// usage: node take-part-on-servicebus.mjs DOCUMENT CONNECTION-STRING MESSAGE ANSWER TRACEPARENT SUBSCRIPTION
// The same as take-part.mjs on Azure Service Bus: publishes the document's example of MESSAGE within the given trace, waits in SUBSCRIPTION
// for ANSWER of the same flow and prints it as JSON.
import { randomUUID } from 'node:crypto';
import { ServiceBusClient } from '@azure/service-bus';
import { fail, read } from './document.mjs';

const [file, connectionString, messageName, answerName, traceparent, subscription] = process.argv.slice(2);
const deadline = setTimeout(() => fail(`no ${answerName} within 30 s`), 30_000);

const { document, message, example, key } = await read(file, messageName);
const flow = randomUUID();

const client = new ServiceBusClient(connectionString);
const { topic } = entityOf(messageName);
await publish(topic);
const answer = await hear(topic);

console.log(JSON.stringify({ headers: answer.applicationProperties, body: answer.body }));
await client.close();
clearTimeout(deadline);

// The entity that carries a message.
function entityOf(name) {
  return document.channels().all()
    .filter(each => each.messages().all().some(carried => carried.name() === name))
    .map(each => each.extensions().get('x-servicebus')?.value())
    .find(entity => entity && !entity.subscription);
}

async function publish(to) {
  const properties = message.extensions().get('x-servicebus-properties').value().properties;
  const sender = client.createSender(to);
  await sender.sendMessages({
    body: example.payload(),
    messageId: randomUUID(),
    subject: messageName,
    sessionId: key,
    correlationId: flow,
    contentType: properties.contentType.const,
    applicationProperties: { ...example.headers(), traceparent },
  });
  await sender.close();
}

// The first message of our flow, whichever session has it.
async function hear(from) {
  for (;;) {
    const receiver = await client.acceptNextSession(from, subscription);
    const [heard] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 1000 });
    if (heard) {
      await receiver.completeMessage(heard);
    }

    await receiver.close();
    if (heard?.correlationId === flow && heard.subject === answerName) {
      return heard;
    }
  }
}
