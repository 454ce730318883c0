// The service worker, which keeps what was read for when there is no network.
if (window.isSecureContext) navigator.serviceWorker?.register("/worker.js").catch(() => {});
