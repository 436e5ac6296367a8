// Who talks to whom in the labs of the demo cluster, as its flows tell it at the scope of workloads: for tests of how
// they are drawn. Counts are those of some minutes.

export const STAR_WARS = `
  default/tiefighter -> default/deathstar    836 dropped:24
  default/tiefighter -> kube-system/coredns  404 port:53
  host               -> kube-system/coredns  432 port:8080
  default/xwing      -> default/deathstar    210 dropped:78
  default/xwing      -> kube-system/coredns  138 port:53
  remote-node        -> health                19
  kube-apiserver     -> health                10
`;

export const SHOP = `
  cluster1:shop/frontend         -> cluster1:shop/backend          772 dropped:11
  cluster2:shop/frontend         -> cluster2:shop/backend          739 dropped:11
  cluster2:shop/frontend         -> cluster2:kube-system/kube-dns  713 port:53
  cluster1:shop/frontend         -> cluster1:kube-system/kube-dns  665 port:53
  ingress                        -> cluster1:web/web               185 port:8080
  ingress                        -> cluster2:web/web               180 port:8080
  cluster2:batch/report          -> cluster2:web/web                60 port:8080
  cluster1:batch/report          -> cluster1:web/web                30 port:8080
  cluster2:batch/report          -> cluster2:kube-system/kube-dns   24 port:53
  cluster1:monitoring/prometheus -> cluster1:kube-system/kube-dns   35 port:10054
  host                           -> cluster1:kube-system/kube-dns   44 port:10054
  cluster2:monitoring/prometheus -> cluster2:kube-system/kube-dns   25 port:10054
  cluster2:monitoring/prometheus -> cluster2:web/web                25 port:9090
  cluster1:monitoring/prometheus -> cluster1:web/web                20 port:9090
  host                           -> cluster2:web/web                28 port:8080
  cluster1:batch/report-29011403 -> cluster1:web/web                30 port:8080
  host                           -> cluster1:web/web                24 port:8080
  host                           -> cluster2:kube-system/kube-dns   24 port:10054
  cluster1:batch/report          -> cluster1:kube-system/kube-dns   12 port:53
  host                           -> cluster1:monitoring/prometheus  16 port:9090
  host                           -> cluster2:monitoring/prometheus  16 port:9090
  cluster1:shop/frontend         -> example.com                      0 dropped:12 at:source port:443
  cluster1:shop/frontend         -> world                            0 dropped:12 at:source port:80
  cluster2:shop/frontend         -> example.com                      0 dropped:12 at:source port:443
  cluster2:shop/frontend         -> world                            0 dropped:12 at:source port:80
  cluster1:batch/report-29011403 -> cluster1:kube-system/kube-dns    6 port:53
  remote-node                    -> health                           4
`;
