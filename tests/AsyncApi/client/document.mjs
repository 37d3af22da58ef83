// What the programs of strangers read in the document.
import { Parser, fromFile } from '@asyncapi/parser';

// The document, a message of it with its example, and the example's key.
export async function read(file, messageName) {
  const { document, diagnostics } = await fromFile(new Parser(), file).parse();
  if (!document) {
    fail(diagnostics[0].message);
  }

  const message = document.messages().all().find(each => each.name() === messageName);
  const [example] = message.examples().all();
  return { document, message, example, key: example.headers().key };
}

export function fail(reason) {
  console.error(reason);
  process.exit(1);
}
