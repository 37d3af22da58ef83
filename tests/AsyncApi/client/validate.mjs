// usage: node validate.mjs DOCUMENT
// Says what the AsyncAPI parser says; exit code 1 if it is an error.
import { Parser, fromFile } from '@asyncapi/parser';

const [file] = process.argv.slice(2);
const { document, diagnostics } = await fromFile(new Parser(), file).parse();
const faults = diagnostics.filter(diagnostic => diagnostic.severity <= 1);

for (const { severity, code, path, message } of faults) {
  console.error(`${severity === 0 ? 'error' : 'warning'} ${code} at ${path.join('.')}: ${message}`);
}

if (!document || faults.length > 0) {
  process.exit(1);
}

console.log(`${document.messages().length} messages, ${document.channels().length} channels, ${document.operations().length} operations`);
