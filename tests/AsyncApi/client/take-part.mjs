// usage: node take-part.mjs DOCUMENT AMQP-URI MESSAGE ANSWER TRACEPARENT
// Publishes the document's example of MESSAGE within the given trace, waits for ANSWER of the same flow and prints it as JSON. All that it
// knows of the shop is in the document.
import { randomUUID } from 'node:crypto';
import amqp from 'amqplib';
import { fail, read } from './document.mjs';

const [file, uri, messageName, answerName, traceparent] = process.argv.slice(2);
const deadline = setTimeout(() => fail(`no ${answerName} within 30 s`), 30_000);

const { document, message, example } = await read(file, messageName);
const flow = randomUUID();

const connection = await amqp.connect(uri);
const channel = await connection.createConfirmChannel();
const { answered } = await listen(addressOf(answerName));
await publish(addressOf(messageName));

const answer = await answered;
console.log(JSON.stringify({ headers: answer.properties.headers, body: JSON.parse(answer.content.toString()) }));
await connection.close();
clearTimeout(deadline);

// The channel of a message at an exchange.
function addressOf(name) {
  const found = document.channels().all()
    .map(each => ({ routingKey: each.address(), binding: each.bindings().get('amqp')?.value(), messages: each.messages().all() }))
    .find(each => each.binding?.is === 'routingKey' && each.messages.some(carried => carried.name() === name));
  return { exchange: found.binding.exchange.name, routingKey: found.routingKey };
}

// A queue of our own, bound to the channel; the first message of our flow.
async function listen({ exchange, routingKey }) {
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await channel.bindQueue(queue, exchange, routingKey);
  let heard;
  const answered = new Promise(resolve => (heard = resolve));
  await channel.consume(queue, delivery => delivery?.properties.correlationId === flow && heard(delivery), { noAck: true });
  return { answered };
}

async function publish({ exchange, routingKey }) {
  const properties = message.extensions().get('x-amqp-properties').value().properties;
  channel.on('return', () => fail(`nobody is bound to ${exchange} for ${routingKey}`));
  channel.publish(exchange, routingKey, Buffer.from(JSON.stringify(example.payload())), {
    messageId: randomUUID(),
    type: message.bindings().get('amqp').value().messageType,
    userId: message.extensions().get('x-senders').value()[0],
    correlationId: flow,
    contentType: properties['content-type'].const,
    deliveryMode: properties['delivery-mode'].const,
    headers: { ...example.headers(), traceparent },
    mandatory: true,
  });
  await channel.waitForConfirms();
}
