// Theme, language and whether somebody works here, before the first paint, so that nothing flashes:
// members do not see what the page says to everybody else while the app opens.
// A classic script in <head>: it runs before the page is drawn and needs nothing else.
// It only reads what the app has written; it never writes.
(() => {
  const themes = ["light", "dark"];
  const languages = ["fi", "sv", "en"];
  const page = document.documentElement;
  try {
    const theme = localStorage.getItem("theme");
    if (themes.includes(theme)) page.dataset.theme = theme;
    const locale = localStorage.getItem("locale");
    if (languages.includes(locale)) page.lang = locale;
    const account = localStorage.getItem("talkoot.account");
    if (account !== null && account !== "anyone") page.dataset.member = "";
  } catch {
    // Storage is denied here. The system's theme and Finnish will do.
  }
})();
