import { examplePartsOf, fillPath, type PathParts } from './example-parts.ts';
import type { Operation } from './operation.ts';
import { python, toSource, typescript } from './source-text.ts';

export interface CodeSample {
  readonly lang: 'shell' | 'python' | 'typescript';
  readonly label: string;
  readonly source: string;
}

interface SampleOptions {
  /** Where the API is, without a slash at the end. */
  readonly origin: string;
  /** Other than the reference's own. */
  readonly parts?: PathParts;
  readonly body?: unknown;
}

/** Whole programs for an operation, which read the token from the environment variable TOKEN. */
export function codeSamplesOf(operation: Operation, options: SampleOptions): CodeSample[] {
  const parts = options.parts ?? examplePartsOf(operation);
  const body = options.body ?? operation.example;
  const call: Sample = { operation, parts, body, origin: options.origin };
  return [
    { lang: 'shell', label: 'curl', source: curlOf(call) },
    { lang: 'python', label: 'Python', source: pythonOf(call) },
    { lang: 'typescript', label: 'TypeScript', source: typescriptOf(call) },
  ];
}

interface Sample {
  readonly operation: Operation;
  readonly parts: PathParts;
  readonly body: unknown;
  readonly origin: string;
}

function urlOf({ operation, parts, origin }: Sample): string {
  return `${origin}${fillPath(operation.path, parts)}`;
}

function curlOf(sample: Sample): string {
  const { operation, body } = sample;
  const method = operation.method === 'get' ? '' : `-X ${operation.method.toUpperCase()} `;
  const lines = [`curl ${method}${shellText(urlOf(sample))}`, '-H "Token: $TOKEN"'];
  if (operation.body) {
    lines.push(`-H 'Content-Type: application/json'`, `-d ${shellText(JSON.stringify(body))}`);
  }
  if (isZip(operation)) lines.push('-o answer.zip');
  return lines.join(' \\\n  ');
}

/** Nothing to be printed. */
function isZip({ files = [] }: Operation): boolean {
  return files.includes('application/zip');
}

function shellText(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function pythonOf(sample: Sample): string {
  const { operation, body } = sample;
  const json = operation.body ? `    json=${toSource(body, python, '    ')},\n` : '';
  return `import os
import requests

answer = requests.${operation.method}(
    ${python.text(urlOf(sample))},
    headers={"Token": os.environ["TOKEN"]},
${json}    timeout=30,
)
answer.raise_for_status()
${pythonUse(operation)}
`;
}

function pythonUse(operation: Operation): string {
  if (operation.response) return 'print(answer.json())';
  if (!operation.files) return 'print(answer.status_code)';
  if (!isZip(operation)) return 'print(answer.text)';
  return `with open("answer.zip", "wb") as file:\n    file.write(answer.content)`;
}

function typescriptOf(sample: Sample): string {
  const { operation, origin } = sample;
  const toFile = operation.files ? `import { writeFile } from 'node:fs/promises';\n` : '';
  return `${toFile}import { OpenDcp } from 'opendcp/client';

const dcp = new OpenDcp({
  url: ${typescript.text(origin)},
  token: process.env.TOKEN ?? '',
});

${typescriptUse(sample)}
`;
}

function typescriptUse(sample: Sample): string {
  const { operation } = sample;
  const expression = callOf(sample);
  if (operation.call.startsWith('each ')) {
    return `for await (const item of ${expression}) {\n  console.log(item);\n}`;
  }
  if (operation.response) return `console.log(await ${expression});`;
  if (!operation.files) return `await ${expression};`;
  return `await writeFile('answer.${isZip(operation) ? 'zip' : 'csv'}', await ${expression});`;
}

/** The client's call as an expression, such as `dcp.tables.get(1)`. */
export function callOf({
  operation,
  parts,
  body,
}: Pick<Sample, 'operation' | 'parts' | 'body'>): string {
  const values: Readonly<Record<string, unknown>> = { ...parts, body };
  const filled = operation.call
    .replace(/^each /, '')
    .replaceAll(/\{([\w.]+)\}/g, (_, path: string) => {
      const value = path
        .split('.')
        .reduce<unknown>(
          (whole, name) =>
            typeof whole === 'object' && whole !== null
              ? (Reflect.get(whole, name) as unknown)
              : null,
          values,
        );
      return toSource(value, typescript);
    });
  return `dcp.${filled}`;
}
