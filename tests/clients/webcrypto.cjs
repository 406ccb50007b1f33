// Debian's Node 18 has no global `crypto`; the libraries of the platforms count on it, as in Node 20.
globalThis.crypto ??= require('node:crypto').webcrypto;
