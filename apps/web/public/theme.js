// Sets the theme before the first paint, so that a light page does not flash dark. A file of its own because the
// content security policy forbids inline scripts. The key and the values are those of src/settings/schema.ts.
(function () {
  var theme = 'system';
  try {
    var stored = JSON.parse(localStorage.getItem('finderscope.settings') || '{}');
    if (stored && (stored.theme === 'dark' || stored.theme === 'light')) theme = stored.theme;
  } catch {
    // Storage is closed to this page or holds something else: the system's theme is as good as any.
    theme = 'system';
  }
  var light =
    theme === 'light' || (theme === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
})();
