// Browsers give no worker to a page that is opened as a file. There, a hidden frame runs the search instead.
// The name is the one by which Zensical knows that it need not fetch such a script from a host.
if (location.protocol === "file:") {
  window.Worker = class {
    // As between a page and a worker: a copy of the data, and later than the call.
    static deliver(data, receiver) {
      const copy = structuredClone(data);
      setTimeout(() => receiver()?.(new MessageEvent("message", { data: copy })));
    }
    constructor(url) {
      this.frame = document.body.appendChild(document.createElement("iframe"));
      this.frame.hidden = true;
      const inside = this.frame.contentWindow;
      inside.postMessage = (data) => this.constructor.deliver(data, () => this.onmessage);
      this.ready = new Promise((resolve, reject) => {
        const script = inside.document.createElement("script");
        Object.assign(script, { src: url, onload: resolve, onerror: reject });
        inside.document.body.appendChild(script);
      });
      this.ready.catch(() => this.onerror?.(new ErrorEvent("error")));
    }
    postMessage(data) {
      this.ready.then(() => this.constructor.deliver(data, () => this.frame.contentWindow.onmessage));
    }
    terminate() {
      this.frame.remove();
    }
  };
}
