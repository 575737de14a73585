// Read by browsers of every age, so it is written in ES3. Below Chromium 87 the
// pages cannot run; say so plainly instead of staying blank.
(function () {
  var m = /Chrom(?:e|ium)\/(\d+)/.exec(navigator.userAgent);
  var old = m ? parseInt(m[1], 10) < 87 : !("noModule" in document.createElement("script")) || !String.prototype.replaceAll;
  if (!old) return;
  document.documentElement.className = "old-browser";
  var box = document.getElementById("root");
  box.innerHTML =
    '<div style="max-width:560px;margin:12% auto;padding:0 24px;font:16px/1.8 \'Microsoft YaHei\',sans-serif;color:#18242F">' +
    "<h1 style=\"font-size:22px\">浏览器版本过低</h1><p>工脉需要 Chromium 87 或更新内核的浏览器。请使用新版 360 安全浏览器、奇安信可信浏览器、Edge 或 Chrome 的“极速模式”打开本页。</p>" +
    '<p style="color:#4B5A69">Gongmai needs a browser with Chromium 87 or newer.</p></div>';
})();
