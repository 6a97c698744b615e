/** @externs What is there without being declared in a module. */

/** @const {!Object<string, ?>} filled by client/entry.js, exported by the build */
var $exports;

/** @type {string} */
WebSocket.prototype.protocol;
