// Steers the demo cluster through the gateway, as the page does: unary gRPC-web calls.

import {
  create,
  fromBinary,
  toBinary,
  type DescMethodUnary,
  type DescMessage,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import {
  encodeFrame,
  FLAG_TRAILERS,
  grpcCodeName,
  parseTrailerBody,
  readFrames,
} from '@finderscope/grpc-wire';
import { demo } from '@finderscope/hubble-api';

/** One unary call to a gateway; rejects with the status when it is not OK. */
export async function callUnary<I extends DescMessage, O extends DescMessage>(
  url: string,
  method: DescMethodUnary<I, O>,
  request: MessageInitShape<I>,
): Promise<MessageShape<O>> {
  const body = encodeFrame(toBinary(method.input, create(method.input, request)));
  const response = await fetch(`${url}/${method.parent.typeName}/${method.name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/grpc-web+proto', 'x-grpc-web': '1' },
    body: new Uint8Array(body),
  });
  const { frames } = readFrames(new Uint8Array(await response.arrayBuffer()));
  const trailers = frames.find(({ flags }) => (flags & FLAG_TRAILERS) !== 0);
  const message = frames.find(({ flags }) => (flags & FLAG_TRAILERS) === 0);
  const status =
    trailers === undefined
      ? {
          code: Number(response.headers.get('grpc-status') ?? -1),
          message: response.headers.get('grpc-message') ?? '',
        }
      : parseTrailerBody(trailers.message);
  if (status.code !== 0 || message === undefined) {
    throw new Error(
      `${method.name}: ${grpcCodeName(status.code)} ${status.message} (HTTP ${response.status})`,
    );
  }
  return fromBinary(method.output, message.message);
}

/** Holds a stage of the scenario; '' lets them follow one another again. */
export async function setStage(url: string, stageId: string): Promise<void> {
  await callUnary(url, demo.DemoService.method.setStage, { stageId });
}

/** Makes something go wrong in the cluster; resolves to how many nodes, streams or connections it touched. */
export async function injectFault(
  url: string,
  fault: NonNullable<MessageInitShape<typeof demo.InjectFaultRequestSchema>['fault']>,
  nodeName = '',
): Promise<number> {
  const { affected } = await callUnary(url, demo.DemoService.method.injectFault, { nodeName, fault });
  return affected;
}

/** What the cluster has made, sent and lost so far, to the flow. */
export async function readCounters(url: string): Promise<demo.GetCountersResponse> {
  return await callUnary(url, demo.DemoService.method.getCounters, {});
}
