import { operations } from './build-openapi.ts';
import { codeSamplesOf, type CodeSample } from './code-samples.ts';
import { examplePartsOf } from './example-parts.ts';
import { faultsOf, type Fault } from './faults.ts';
import { operationIdOf, rightsOf, type Operation } from './operation.ts';
import { listFields, type Field } from './list-fields.ts';

/** A call in a list of them. */
export type CallSummary = Pick<Operation, 'method' | 'path' | 'summary' | 'tag'> & {
  readonly id: string;
};

interface Parameter {
  readonly name: string;
  readonly place: 'path' | 'query';
  readonly type: string;
  readonly example: string;
}

/** All that the reference's page of a call shows; plain data, to be handed to a browser. */
export interface CallDescription extends CallSummary {
  readonly description: string;
  /** A token needs one of them. */
  readonly rights: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly body: { readonly fields: readonly Field[]; readonly example: string } | null;
  readonly status: number;
  readonly answer: readonly Field[];
  readonly files: readonly string[];
  readonly faults: readonly Fault[];
  readonly samples: readonly CodeSample[];
}

export function listCalls(): CallSummary[] {
  return operations.map(summarise);
}

/** @param origin where the examples send their calls. */
export function describeCall(id: string, origin: string): CallDescription | null {
  const operation = operations.find((each) => operationIdOf(each) === id);
  if (!operation) return null;
  const { body, example, response, files = [], description, status } = operation;
  return {
    ...summarise(operation),
    description,
    rights: rightsOf(operation),
    status,
    parameters: [...pathParameters(operation), ...queryParameters(operation)],
    body: body
      ? { fields: listFields(body, 'input'), example: JSON.stringify(example ?? {}, null, 2) }
      : null,
    answer: response ? listFields(response, 'output') : [],
    files: [...files],
    faults: faultsOf(operation),
    samples: codeSamplesOf(operation, { origin }),
  };
}

function summarise(operation: Operation): CallSummary {
  const { method, path, summary, tag } = operation;
  return { id: operationIdOf(operation), method, path, summary, tag };
}

function pathParameters(operation: Operation): Parameter[] {
  const examples = examplePartsOf(operation);
  return [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    place: 'path',
    type: name === 'customerId' ? 'text of at most 1,024 bytes' : 'id',
    example: String(examples[name] ?? ''),
  }));
}

function queryParameters({ query }: Operation): Parameter[] {
  if (!query) return [];
  return listFields(query, 'output').map(({ name, type }) => ({
    name,
    place: 'query',
    type,
    example: '',
  }));
}
