// HTTP rules: whether the proxy lets a request pass.

import type { HttpRule } from '../model/policy.ts';

export type HttpRequest = {
  readonly method: string;
  /** With the query, as in the request line. */
  readonly path: string;
  readonly host: string;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
};

/** True when one of the rules fits. Header names are compared without regard to case. */
export function allowsHttp(rules: readonly HttpRule[], request: HttpRequest): boolean {
  return rules.some(
    (rule) =>
      (rule.method?.test(request.method) ?? true) &&
      (rule.path?.test(request.path) ?? true) &&
      (rule.host?.test(request.host) ?? true) &&
      rule.headers.every((wanted) =>
        request.headers.some(
          (header) =>
            header.key.toLowerCase() === wanted.name.toLowerCase() &&
            (wanted.value === undefined || header.value === wanted.value),
        ),
      ),
  );
}
