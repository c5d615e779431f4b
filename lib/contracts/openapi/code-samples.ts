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
  return lines.join(' \\\n  ');
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
${operation.response ? 'print(answer.json())' : operation.files ? 'print(answer.text)' : 'print(answer.status_code)'}
`;
}

function typescriptOf(sample: Sample): string {
  const { operation, origin } = sample;
  const expression = callOf(sample);
  if (expression === null) return fetchOf(sample);
  const isEach = operation.call?.startsWith('each ') ?? false;
  const use = isEach
    ? `for await (const item of ${expression}) {\n  console.log(item);\n}`
    : operation.response
      ? `console.log(await ${expression});`
      : `await ${expression};`;
  return `import { OpenDcp } from 'opendcp/client';

const dcp = new OpenDcp({
  url: ${typescript.text(origin)},
  token: process.env.TOKEN ?? '',
});

${use}
`;
}

/** The client's call as an expression, such as `dcp.tables.get(1)`; null where there is none. */
export function callOf({
  operation,
  parts,
  body,
}: Pick<Sample, 'operation' | 'parts' | 'body'>): string | null {
  if (operation.call === undefined) return null;
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

function fetchOf(sample: Sample): string {
  const { operation, body } = sample;
  const send = operation.body
    ? `\n    'content-type': 'application/json',\n  },\n  body: JSON.stringify(${toSource(body, typescript, '  ')}),`
    : '\n  },';
  return `const answer = await fetch(${typescript.text(urlOf(sample))}, {
  method: '${operation.method.toUpperCase()}',
  headers: {
    token: process.env.TOKEN ?? '',${send}
});
console.log(answer.status, await answer.text());
`;
}
