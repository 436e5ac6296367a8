// What a socket did to an address, and on which way.

import { type Flow, SocketTranslationPoint, Verdict } from '@finderscope/hubble-api';

const SOCKET_EVENT = 7;

/** On the way back the socket turns the address of a backend into that of its service; what has none goes by as it is. */
export function translationOf({ verdict, sockXlatePoint, eventType }: Flow): string {
  const when = verdict === Verdict.TRACED ? 'before' : 'after';
  const point = sockXlatePoint === 0 && eventType?.type === SOCKET_EVENT ? eventType.subType : sockXlatePoint;
  switch (point) {
    case SocketTranslationPoint.SOCK_XLATE_POINT_PRE_DIRECTION_FWD:
    case SocketTranslationPoint.SOCK_XLATE_POINT_POST_DIRECTION_FWD:
      return `${when} its service address was translated`;
    case SocketTranslationPoint.SOCK_XLATE_POINT_PRE_DIRECTION_REV:
    case SocketTranslationPoint.SOCK_XLATE_POINT_POST_DIRECTION_REV:
      return `${when} the address of a service, if it has one, was put in the place of its backend’s`;
    default:
      return `${when} an address was translated; the flow does not say on which way`;
  }
}
