// The methods that are passed on, each with the type of its request. Anything else is UNIMPLEMENTED here already.

import type { DescMessage } from '@bufbuild/protobuf';
import { unknownMethodText } from '@finderscope/grpc-wire';
import { demo, health, Observer } from '@finderscope/hubble-api';

export type Method = {
  /** As gRPC asks for it: `/observer.Observer/GetFlows`. */
  readonly path: string;
  /** For logs and metrics: `observer.Observer/GetFlows`. */
  readonly name: string;
  readonly input: DescMessage;
};

/** The stream of flows. */
export const FLOWS_PATH = `/${Observer.typeName}/${Observer.method.getFlows.name}`;

/** By path. */
const METHODS: ReadonlyMap<string, Method> = new Map(
  [Observer, health.Health, demo.DemoService].flatMap((service) =>
    service.methods.map((method) => {
      const name = `${service.typeName}/${method.name}`;
      return [`/${name}`, { path: `/${name}`, name, input: method.input }] as const;
    }),
  ),
);

/** The method at the end of a path, `pkg.Service/Method`, whatever base path stands before it. */
export function findMethod(path: string): Method | undefined {
  return METHODS.get(methodPathOf(path));
}

/** What to say of a path without a method. */
export function noMethodText(path: string): string {
  return unknownMethodText(methodPathOf(path), METHODS.keys());
}

function methodPathOf(path: string): string {
  return `/${path.split('/').slice(-2).join('/')}`;
}
