// The phone form: a photo made smaller on the phone, upright, as pixels alone: what a camera writes beside them (where,
// when, whose) does not pass a canvas.
Phone.photo = (() => {
  const LONGEST = 1280, QUALITY = 0.82;
  const LYING = "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAABAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z";

  function loaded(address) {
    return new Promise((done, failed) => {
      const image = new Image();
      image.onload = () => done(image);
      image.onerror = () => failed(new Error("image"));
      image.src = address;
    });
  }

  // Browsers before 2020 leave a photo lying as the camera wrote it. LYING is 2 by 1 pixels, to be turned.
  const turnsByItself = loaded(LYING).then(image => image.naturalWidth === 1, () => true);

  function bytesOf(blob) {
    return new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.onerror = () => failed(reader.error);
      reader.readAsArrayBuffer(blob);
    });
  }

  // How a JPEG is to be turned, 1 to 8 (EXIF 2.3, tag 0x0112); 1 where it does not say.
  function orientation(buffer) {
    const view = new DataView(buffer);
    try {
      if (view.getUint16(0) !== 0xffd8) return 1;
      for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
        if (view.getUint16(at) !== 0xffe1 || view.getUint32(at + 4) !== 0x45786966) continue;
        const start = at + 10, little = view.getUint16(start) === 0x4949;
        const first = start + view.getUint32(start + 4, little);
        for (let n = view.getUint16(first, little), tag = first + 2; n > 0; n--, tag += 12) {
          if (view.getUint16(tag, little) === 0x0112) return view.getUint16(tag + 8, little);
        }
        return 1;
      }
    } catch (error) {} // shorter than it says
    return 1;
  }

  const TURNS = [, [1, 0, 0, 1, 0, 0], [-1, 0, 0, 1, 1, 0], [-1, 0, 0, -1, 1, 1], [1, 0, 0, -1, 0, 1],
    [0, 1, 1, 0, 0, 0], [0, 1, -1, 0, 1, 0], [0, -1, -1, 0, 1, 1], [0, -1, 1, 0, 0, 1]];

  function drawn(image, turn) {
    const scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
    const wide = Math.max(1, Math.round(image.naturalWidth * scale)), high = Math.max(1, Math.round(image.naturalHeight * scale));
    const canvas = document.createElement("canvas"), way = TURNS[turn] || TURNS[1];
    canvas.width = turn > 4 ? high : wide;
    canvas.height = turn > 4 ? wide : high;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; // what is clear would turn black
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.imageSmoothingQuality = "high";
    pen.setTransform(way[0], way[1], way[2], way[3], way[4] * canvas.width, way[5] * canvas.height);
    pen.drawImage(image, 0, 0, wide, high);
    return canvas;
  }

  function encoded(canvas) {
    return new Promise((done, failed) => canvas.toBlob(
      blob => blob && blob.type === "image/jpeg" ? done(blob) : failed(new Error("jpeg")), "image/jpeg", QUALITY));
  }

  // The bytes of the photo in a file, made small; fails for what the phone cannot open.
  function shrunk(file) {
    const address = URL.createObjectURL(file);
    const work = Promise.all([loaded(address), turnsByItself, bytesOf(file.slice(0, 262144))]).then(found =>
      encoded(drawn(found[0], found[1] ? 1 : orientation(found[2])))).then(bytesOf);
    const over = () => URL.revokeObjectURL(address);
    work.then(over, over);
    return work;
  }

  function base64(buffer) {
    return new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
      reader.onerror = () => failed(reader.error);
      reader.readAsDataURL(new Blob([buffer]));
    });
  }

  return { shrunk: shrunk, base64: base64, orientation: orientation, drawn: drawn };
})();
