// The release of Hubble whose behaviour is reproduced, as servers and flows name it.

export const HUBBLE_VERSION = '1.19.4+g4c1a6e2d';
