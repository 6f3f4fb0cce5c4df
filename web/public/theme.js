// Sets the chosen theme before anything is painted.
(function () {
  try {
    var theme = localStorage.getItem('readout.theme');
    if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
  } catch (_) {
    // Without storage the system's choice holds.
  }
})();
