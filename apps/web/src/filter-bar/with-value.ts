// The filter text with one more value asked for or excluded.

import {
  compileFilterText,
  excludeValue,
  includeValue,
  queryTokens,
  removeValue,
} from '@finderscope/flow-query';
import type { ValueFilter } from './value-filter.ts';

/** Excludes a value beside what the filter says already. */
export function withoutValue(filter: string, { field, value }: ValueFilter): string {
  return excludeValue(filter, field, value);
}

/**
 * Asks for a value beside what the filter says already. The CLI refuses --namespace together with --from-pod; where the
 * pod lies in a namespace that is asked for, the pod alone says exactly what both would, so the namespace goes.
 * Otherwise what cannot be combined is left to the bar to say.
 */
export function withValue(filter: string, { field, value }: ValueFilter): string {
  const next = includeValue(filter, field, value);
  if (compileFilterText(next).ok) return next;
  const namespaces = askedNamespaces(filter);
  const [namespace, name] = value.split('/', 2);
  if (name === undefined || !/^(?:from|to)-(?:pod|service)$/.test(field)) return next;
  if (namespace === undefined || !namespaces.includes(namespace)) return next;
  const bare = namespaces.reduce((text, asked) => removeValue(text, 'namespace', asked), filter);
  const narrowed = includeValue(bare, field, value);
  return compileFilterText(narrowed).ok ? narrowed : next;
}

function askedNamespaces(filter: string): readonly string[] {
  return queryTokens(filter).flatMap((token) =>
    token.kind === 'token' && token.key === 'namespace' && !token.negated ? token.values : [],
  );
}
