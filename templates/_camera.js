// Looking for a code through the phone's camera: by the browser where it can read codes, else by our own reader
// (static/doc-ma.js) in a worker. `see` gives the text of the first code, null where it was stopped before; `unread` is
// called once where none was seen for long, and the camera goes on.
function cameraOf(video, source) {
  const SILENCE = 8000; // milliseconds
  let film = null, reader = null;

  async function eyes() {
    const formats = window.BarcodeDetector ? await BarcodeDetector.getSupportedFormats().catch(() => []) : [];
    if (formats.includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return () => detector.detect(video).then(all => all.length ? all[0].rawValue : null);
    }
    const worker = new Worker(source), pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    let turn = 0;
    await new Promise((done, failed) => {
      worker.onerror = failed;
      worker.onmessage = done;
      worker.postMessage({ id: 0, type: "decode", data: { data: new Uint8ClampedArray(4 * 64 * 64), width: 64, height: 64 } });
    });
    // Every other picture is the middle alone, twice as near: a plaque across a ditch is small.
    return () => new Promise((done, failed) => {
      const part = turn++ % 2 ? 0.5 : 1, wide = video.videoWidth * part, high = video.videoHeight * part;
      const scale = Math.min(1, 640 / Math.max(wide, high)), width = Math.round(wide * scale), height = Math.round(high * scale);
      pen.canvas.width = width;
      pen.canvas.height = height;
      pen.drawImage(video, (video.videoWidth - wide) / 2, (video.videoHeight - high) / 2, wide, high, 0, 0, width, height);
      worker.onerror = failed;
      worker.onmessage = event => done(event.data.data);
      const pixels = pen.getImageData(0, 0, width, height).data;
      worker.postMessage({ id: turn, type: "decode", data: { data: pixels, width, height } }, [pixels.buffer]);
    });
  }

  function stop() {
    if (film) film.getTracks().forEach(track => track.stop());
    film = null;
    video.hidden = true;
  }

  async function see(unread) {
    let mine = null;
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
      stop();
      video.srcObject = mine = film = opened;
      video.hidden = false;
      await video.play();
      reader = reader || await eyes();
      const since = performance.now();
      for (let isSaid = false; film === mine;) {
        const seen = video.readyState > 1 ? await reader() : null;
        if (film !== mine) return null;
        if (seen) {
          stop();
          return seen;
        }
        if (!isSaid && performance.now() - since > SILENCE) {
          isSaid = true;
          unread();
        }
        await new Promise(done => setTimeout(done, 60));
      }
    } catch (error) {
      if (film !== mine) return null;
      stop();
      throw error;
    }
    return null;
  }

  addEventListener("pagehide", stop);
  return { see, stop, isOn: () => !!film };
}
