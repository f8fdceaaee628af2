// The phone form: drafts and photos, kept in the phone's own database (IndexedDB) as they are written. Where there is
// none, they live as long as the page does, and the page says so.
Phone.store = (() => {
  const memory = { drafts: new Map(), photos: new Map(), choices: new Map() };
  let base = null;

  function opened(name) {
    return new Promise(done => {
      try {
        const asked = indexedDB.open(name, 1);
        asked.onupgradeneeded = () => {
          asked.result.createObjectStore("drafts", { keyPath: "id" });
          asked.result.createObjectStore("photos", { keyPath: "id" });
          asked.result.createObjectStore("choices", { keyPath: "id" });
        };
        asked.onsuccess = () => {
          base = asked.result;
          base.onversionchange = () => base.close();
          done(true);
        };
        asked.onerror = event => { event.preventDefault(); done(false); };
      } catch (error) {
        done(false);
      }
    }).then(kept => {
      if (kept && navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
      return kept;
    });
  }

  // One transaction: all of it or nothing. "strict" waits for the disk, so that a dead battery takes nothing away.
  function change(names, work) {
    if (!base) {
      work(name => ({ put: one => memory[name].set(one.id, one), delete: id => memory[name].delete(id) }));
      return Promise.resolve();
    }
    return new Promise((done, failed) => {
      const all = base.transaction(names, "readwrite", { durability: "strict" });
      all.oncomplete = () => done();
      all.onabort = () => failed(all.error || new Error("aborted"));
      try {
        work(name => all.objectStore(name));
        if (all.commit) all.commit(); // now, or a page that is being left would take it back
      } catch (error) {
        failed(error);
        all.abort();
      }
    });
  }

  function ask(name, ask, otherwise) {
    if (!base) return Promise.resolve(otherwise(memory[name]));
    return new Promise((done, failed) => {
      const asked = ask(base.transaction(name).objectStore(name));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  }

  const get = (name, id) => ask(name, store => store.get(id), map => map.get(id));

  return {
    open: (name = "vuonho form " + document.documentElement.dataset.site) => opened(name),
    drafts: () => ask("drafts", store => store.getAll(), map => Array.from(map.values())),
    draft: id => get("drafts", id),
    photo: id => get("photos", id),
    choice: id => get("choices", id).then(one => one && one.value),
    choose: (id, value) => change(["choices"], of => of("choices").put({ id: id, value: value })),
    // A household together with photos that came or went, so that neither ever stands without the other.
    save: (draft, more, less) => change(["drafts", "photos"], of => {
      (more || []).forEach(photo => of("photos").put(photo));
      (less || []).forEach(id => of("photos").delete(id));
      of("drafts").put(draft);
    }),
    remove: draft => change(["drafts", "photos"], of => {
      draft.photos.forEach(photo => of("photos").delete(photo.id));
      of("drafts").delete(draft.id);
    }),
  };
})();
