// DNS answers by their response code. Hubble has no filter for that; a CEL expression says it, which the server and the
// CLI take from 1.16 on.

const BEFORE = 'has(_flow.l7.dns) && _flow.l7.type == L7FlowType.RESPONSE && _flow.l7.dns.rcode == ';
const WHOLE = /^(\d{1,10})u$/;

/** A value of `cel-expression` that matches answers with this code. */
export function dnsRcodeExpression(rcode: number): string {
  return `${BEFORE}${rcode}u`;
}

/** The code that an expression made by `dnsRcodeExpression` asks for; undefined for any other. */
export function dnsRcodeOfExpression(expression: string): number | undefined {
  if (!expression.startsWith(BEFORE)) return undefined;
  const [, digits] = WHOLE.exec(expression.slice(BEFORE.length)) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
