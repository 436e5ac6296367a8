// From the template in the settings to the address of one trace.

/** undefined without a template or an id. The id comes from the wire: it cannot leave its place in the URL. */
export function traceUrl(template: string, traceId: string): string | undefined {
  if (template === '' || traceId === '') return undefined;
  return template.replaceAll('{traceId}', () => encodeURIComponent(traceId));
}
