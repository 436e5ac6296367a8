// Every drop reason in plain words: what happened, and the first thing to check.
//
// `cause` says where the cause lies. Only `policy` can be mended by a rule that allows.

/**
 * policy: no rule allows it. deny-rule: a rule denies it. auth: policy asks for authentication. stale: an address,
 * identity or connection that is no longer valid. routing: no way to the destination. service: load balancing.
 * nat: address translation. tunnel: encapsulation. encryption. protocol: a kind of packet that is not supported.
 * packet: broken or forged packets. limit: a rate, table or hop limit. starting: a node or pod that is not ready yet.
 * handled: nothing was lost, Cilium took the packet for itself. datapath: an internal error. unknown.
 */
export type DropCause =
  | 'policy'
  | 'deny-rule'
  | 'auth'
  | 'stale'
  | 'routing'
  | 'service'
  | 'nat'
  | 'tunnel'
  | 'encryption'
  | 'protocol'
  | 'packet'
  | 'limit'
  | 'starting'
  | 'handled'
  | 'datapath'
  | 'unknown';

export type DropAdvice = {
  readonly cause: DropCause;
  /** A sentence. */
  readonly meaning: string;
  /** What to look at first, a sentence. */
  readonly check: string;
};

type Row = readonly [cause: DropCause, meaning: string, check: string];

const SUPPORT =
  'Save `cilium-dbg bpf` state and the agent log of the node, and look for a known bug of this Cilium version.';
const VERSION = 'Check whether this Cilium version and its configuration support the protocol.';
const FORGED =
  'Capture the packet at the sender; look for a faulty network card, offloading or a forged packet.';

const ROWS: Readonly<Record<number, Row>> = {
  0: [
    'unknown',
    'The datapath gave no reason.',
    'Look at the flows of the same connection just before and after.',
  ],
  130: [
    'packet',
    'The source MAC address is not the one of the pod.',
    'Look for a pod that changes its MAC address or bridges others.',
  ],
  131: [
    'packet',
    'The destination MAC address is not the one expected.',
    'Look for stale neighbour entries in the pod or on the node.',
  ],
  132: [
    'packet',
    'The pod sent from an address that is not its own.',
    'Look for VPNs, tunnels or extra addresses inside the pod; Cilium lets a pod use only its own address.',
  ],
  133: [
    'policy',
    'Policies select this endpoint and none of them allows this traffic.',
    'See which policies select it, and whether this peer and port should be let in.',
  ],
  134: ['packet', 'The packet could not be parsed.', FORGED],
  135: [
    'packet',
    'The transport header is cut off or not valid, so the connection cannot be tracked.',
    FORGED,
  ],
  136: [
    'limit',
    'The packet is larger than the next hop takes and may not be fragmented.',
    'Compare the MTU of pod, node and path; tunnels and encryption need room for their headers.',
  ],
  137: ['protocol', 'Connection tracking does not know this transport protocol.', VERSION],
  138: [
    'stale',
    'The packet belongs to no tracked connection and cannot open one.',
    'Look for a connection that was idle beyond its time-out, or for replies that come back another way.',
  ],
  139: [
    'protocol',
    'The packet is neither IPv4 nor IPv6, or that family is off.',
    'Check whether IPv6 is turned on in Cilium when the pod uses it.',
  ],
  140: [
    'datapath',
    'A part of the datapath program was not loaded.',
    'See whether the agent was restarting or upgrading; if it goes on, restart the agent of this node.',
  ],
  141: ['datapath', 'The packet could not be rewritten.', SUPPORT],
  142: ['protocol', 'The transport protocol is not one that policies and services handle.', VERSION],
  143: ['protocol', 'An ICMPv4 code that is not handled.', 'Find out what sends it; it is rarely needed.'],
  144: ['protocol', 'An ICMPv4 type that is not handled.', 'Find out what sends it; it is rarely needed.'],
  145: ['protocol', 'An ICMPv6 code that is not handled.', 'Find out what sends it; it is rarely needed.'],
  146: ['protocol', 'An ICMPv6 type that is not handled.', 'Find out what sends it; it is rarely needed.'],
  147: [
    'tunnel',
    'The tunnel header of the packet could not be read.',
    'Check that all nodes use the same tunnel protocol and port.',
  ],
  148: [
    'tunnel',
    'The options of the tunnel header could not be read.',
    'Check that all nodes use the same tunnel protocol and version.',
  ],
  149: [
    'tunnel',
    'The Geneve option is not one of Cilium.',
    'Check that nothing else sends to the tunnel port.',
  ],
  150: [
    'stale',
    'The destination address belongs to no endpoint of this node.',
    'See whether the pod is gone and the sender still uses its address.',
  ],
  151: [
    'stale',
    'The address is no longer in use, or no route leads to it.',
    'See whether the destination pod was deleted; look for clients or DNS caches that keep old addresses.',
  ],
  152: [
    'stale',
    'No pod on this node has the destination address.',
    'See whether the pod was deleted or moved.',
  ],
  153: ['datapath', 'The IP checksum could not be corrected.', SUPPORT],
  154: ['datapath', 'The transport checksum could not be corrected.', SUPPORT],
  155: [
    'limit',
    'The table of connections is full, so this one could not be entered.',
    'Compare the size of the conntrack map with the connections in use, and raise bpf-ct-global-tcp-max if it is full.',
  ],
  156: ['packet', 'An IPv6 extension header is not valid or not supported.', FORGED],
  157: [
    'protocol',
    'The packet is a fragment, and tracking fragments is off.',
    'Turn on fragment tracking, or lower the packet size of the sender.',
  ],
  158: [
    'service',
    'The service has no backend that could take the connection.',
    'See whether the service has ready endpoints and whether its selector matches the pods.',
  ],
  160: [
    'tunnel',
    'The node of the destination has no tunnel endpoint.',
    'See whether the nodes know each other: cilium-dbg node list, and the tunnel map.',
  ],
  161: [
    'nat',
    'Translation between IPv4 and IPv6 is needed and is not turned on.',
    'See whether the client should use the other address family.',
  ],
  162: [
    'limit',
    'The bandwidth limit delayed the packet beyond what may wait.',
    'Look at the bandwidth annotation of the pod, or slow the sender down.',
  ],
  163: ['datapath', 'The connection is in a state that the datapath does not know.', SUPPORT],
  164: [
    'routing',
    'The node itself could not be reached.',
    'Check the agent of this node and its cilium_host interface.',
  ],
  165: [
    'starting',
    'The endpoint has no policy map yet, so nothing could be decided.',
    'See whether the endpoint is still being made or regenerated: cilium-dbg endpoint list.',
  ],
  166: [
    'protocol',
    'The frame is no Ethernet frame that is handled.',
    'Find out what sends it; ARP and IP are what is needed.',
  ],
  167: [
    'nat',
    'The reply belongs to no translated connection.',
    'Look for a connection that was idle beyond its time-out, or for a full NAT map.',
  ],
  168: [
    'nat',
    'The protocol cannot be masqueraded.',
    'See whether this traffic should leave the cluster without masquerading.',
  ],
  169: [
    'routing',
    'The kernel found no route or no neighbour for the destination.',
    'On the node, ip route get the destination, and look at the neighbour table.',
  ],
  170: [
    'tunnel',
    'A pod tried to send tunnel packets of its own.',
    'Find out which program in the pod uses the tunnel port.',
  ],
  171: [
    'stale',
    'The security identity of the packet is not valid.',
    'See whether the identity was just removed, and whether all nodes agree: cilium-dbg identity list.',
  ],
  172: [
    'stale',
    'The sender is not known to this node.',
    'See whether the ipcache holds the source address: cilium-dbg bpf ipcache list.',
  ],
  173: ['handled', 'The packet needed no translation and goes on as it is.', 'Nothing: this is no loss.'],
  174: [
    'service',
    'The packet goes to a ClusterIP from outside the cluster.',
    'Use a NodePort or a LoadBalancer, or allow external access to ClusterIPs.',
  ],
  175: [
    'packet',
    'A fragment came before the first one of its packet, which names the ports.',
    'Look for lost or reordered fragments; lower the packet size of the sender.',
  ],
  176: [
    'packet',
    'An ICMPv6 message that pods may not send.',
    'Find out why the pod acts as a router or sends neighbour messages for others.',
  ],
  177: [
    'service',
    'The client is outside loadBalancerSourceRanges of the service.',
    'Add the range of the client to the service, if it should be let in.',
  ],
  178: [
    'datapath',
    'The socket that should take the connection was not found.',
    'See whether the proxy on this node is running.',
  ],
  179: [
    'datapath',
    'The connection could not be given to the socket of the proxy.',
    'See whether the proxy on this node is running and has file descriptors left.',
  ],
  180: [
    'protocol',
    'A layer 7 rule applies to a protocol that the proxy cannot take.',
    'Layer 7 rules need TCP, and UDP for DNS only.',
  ],
  181: [
    'deny-rule',
    'A deny rule of a policy matches this traffic.',
    'Deny rules win over rules that allow: change the deny rule itself.',
  ],
  182: [
    'protocol',
    'The VLAN of the packet is not among those that may pass.',
    'Add the VLAN to vlan-bpf-bypass, if it should pass.',
  ],
  183: [
    'tunnel',
    'The network id of the VTEP tunnel is not the expected one.',
    'Compare the VNI of the external endpoint with that of Cilium.',
  ],
  184: ['datapath', 'A buffer of the datapath could not be read or written.', SUPPORT],
  185: [
    'routing',
    'No SRv6 segment is known for the destination.',
    'Look at the SRv6 egress policies and VRFs.',
  ],
  186: ['routing', 'The SRv6 state of the packet was lost on its way.', SUPPORT],
  187: [
    'nat',
    'Translation from IPv4 to IPv6 failed.',
    'Look at the NAT46 gateway and the backends of the service.',
  ],
  188: [
    'nat',
    'Translation from IPv6 to IPv4 failed.',
    'Look at the NAT64 gateway and the backends of the service.',
  ],
  189: [
    'auth',
    'Policy allows this pair only once they have authenticated each other, which has not happened yet.',
    'The first packets are dropped while it goes on; if it stays, look at SPIRE and the agent log for authentication errors.',
  ],
  190: [
    'datapath',
    'There is no table of connections for this cluster or family.',
    'Check clustermesh and IPv6 settings of the agent.',
  ],
  191: [
    'nat',
    'There is no translation table for this cluster or family.',
    'Check clustermesh and masquerading settings of the agent.',
  ],
  192: [
    'routing',
    'The packet names a cluster id that is not valid here.',
    'Check that each cluster of the mesh has an id of its own.',
  ],
  193: ['service', 'Direct server return cannot carry this protocol.', 'Use SNAT mode for this service.'],
  194: [
    'routing',
    'An egress gateway policy applies, and no gateway node matches it.',
    'See whether the nodes that the policy selects exist and are ready.',
  ],
  195: [
    'encryption',
    'The packet is not encrypted, though strict encryption asks for it.',
    'See whether both nodes have exchanged keys: cilium-dbg encrypt status.',
  ],
  196: [
    'limit',
    'The packet went over too many hops.',
    'Look for a routing loop; traceroute causes this on purpose.',
  ],
  197: [
    'encryption',
    'The destination node has no id yet, which encryption needs.',
    'See whether the node has just joined: cilium-dbg node list.',
  ],
  198: [
    'limit',
    'Messages that Cilium itself sends are limited, and the limit was reached.',
    'Find out what makes it answer so often, such as unreachable services.',
  ],
  199: ['handled', 'Cilium answered an IGMP message itself.', 'Nothing: this is no loss.'],
  200: ['handled', 'A pod joined a multicast group.', 'Nothing: this is no loss.'],
  201: ['handled', 'Cilium copied the multicast packet to its subscribers.', 'Nothing: this is no loss.'],
  202: [
    'starting',
    'The datapath of the node is not ready yet.',
    'See whether the agent is starting; it passes by itself.',
  ],
  203: [
    'starting',
    'The policy program of the endpoint is not loaded yet.',
    'See whether the pod has just started; if it stays, look at the endpoint: cilium-dbg endpoint list.',
  ],
  204: [
    'routing',
    'An egress gateway policy applies, and the gateway has no address to send from.',
    'See whether the interface or address that the policy names exists on the gateway node.',
  ],
  205: [
    'handled',
    'The packet was handed on to the proxy.',
    'Nothing: this is no loss. See the flows of the proxy for what became of it.',
  ],
  207: [
    'packet',
    'A fragment from outside came without the first one of its packet, which names the ports.',
    'Look for lost or reordered fragments; lower the packet size of the sender.',
  ],
};

const UNKNOWN: Row = [
  'unknown',
  'This version does not know the reason.',
  'Look the number up in the documentation of the Cilium version that sent it.',
];

/** Every code has one; a code that this version does not know says that. */
export function dropAdvice(code: number): DropAdvice {
  const [cause, meaning, check] = ROWS[code] ?? UNKNOWN;
  return { cause, meaning, check };
}
