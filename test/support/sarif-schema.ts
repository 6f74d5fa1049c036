import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';

/** The OASIS schema of SARIF 2.1.0, as a package carries it. */
const SCHEMA = join(process.cwd(), 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

let validate: ReturnType<Ajv['compile']> | undefined;

/** What a text lacks to be SARIF 2.1.0; empty when it is. */
export function sarifProblems(text: string): string[] {
  if (!validate) {
    const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as Record<string, unknown>;
    // Draft 4 differs from what ajv reads in these two, and the schema uses nothing else of it.
    delete schema['$schema'];
    delete schema['id'];
    const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
    formats.default(ajv);
    validate = ajv.compile(schema);
  }
  return validate(JSON.parse(text))
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
