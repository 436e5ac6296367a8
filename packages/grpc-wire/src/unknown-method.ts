// What a gRPC server says of a path that leads to no method, word for word as grpc-go does.

/** `known` are the paths of the methods there are, `/pkg.Service/Method`. */
export function unknownMethodText(path: string, known: Iterable<string>): string {
  const [, service, name] = /^\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (service === undefined || name === undefined) return `malformed method name: ${JSON.stringify(path)}`;
  for (const other of known) {
    if (other.startsWith(`/${service}/`)) return `unknown method ${name} for service ${service}`;
  }
  return `unknown service ${service}`;
}
