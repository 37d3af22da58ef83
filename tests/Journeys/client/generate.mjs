// Reads the OpenAPI documents of the three services, validates them, and generates the types of a client. Arguments: name=address, ...
import { mkdir, writeFile } from "node:fs/promises";
import { Validator } from "@seriousme/openapi-schema-validator";
import openapiTypescript, { astToString } from "openapi-typescript";

await mkdir("generated", { recursive: true });
for (const argument of process.argv.slice(2)) {
  const [name, address] = argument.split("=");
  const document = await (await fetch(`${address}/openapi/v1.json`)).json();
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  if (!valid) throw new Error(`${name}: ${JSON.stringify(errors)}`);
  await writeFile(`generated/${name}.d.ts`, astToString(await openapiTypescript(document)));
  console.log(`${name}: OpenAPI ${document.openapi}, ${Object.keys(document.paths).length} paths, valid`);
}
