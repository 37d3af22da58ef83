// usage: node send.cjs AMQP-URI
// Sends one message through a queue to itself. OpenTelemetry's own instrumentation reports it, as OTEL_EXPORTER_OTLP_* say.
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { AmqplibInstrumentation } = require('@opentelemetry/instrumentation-amqplib');

const sdk = new NodeSDK({ instrumentations: [new AmqplibInstrumentation()] });
sdk.start();

// Loaded after the instrumentation, which replaces its functions.
const amqp = require('amqplib');

const queue = 'node-invoices';

async function main() {
  const connection = await amqp.connect(process.argv[2]);
  const channel = await connection.createConfirmChannel();
  await channel.assertQueue(queue, { autoDelete: true });
  const received = new Promise(resolve => {
    channel.consume(queue, message => {
      channel.ack(message);
      resolve();
    });
  });
  channel.sendToQueue(queue, Buffer.from('{}'));
  await channel.waitForConfirms();
  await received;
  await channel.close();
  await connection.close();
  await sdk.shutdown();
}

main().catch(fault => {
  console.error(fault);
  process.exit(1);
});
