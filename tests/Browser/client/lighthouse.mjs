// usage: node lighthouse.mjs CHROMIUM FLAGS RUNS COOKIES ADDRESS…
// Loads each page as a phone of Lighthouse does, some times, and prints for each the run with the median performance, as JSON.
import lighthouse from 'lighthouse';
import { launch } from 'chrome-launcher';

const [chromePath, flags, runs, cookies, ...addresses] = process.argv.slice(2);
const found = [];

for (const address of addresses) {
  const results = [];
  for (let run = 0; run < Number(runs); run++) {
    results.push(await measure(address));
  }

  results.sort((one, other) => one.performance - other.performance);
  found.push(results[Math.floor(results.length / 2)]);
}

console.log(JSON.stringify(found));

async function measure(address) {
  // A browser of its own for each run: a phone that has never been here.
  const chrome = await launch({ chromePath, chromeFlags: ['--headless=new', ...flags.split(' ')] });
  try {
    const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: 'error', extraHeaders: { Cookie: cookies } });
    const scores = Object.values(lhr.categories);
    return {
      address,
      performance: percent(lhr.categories.performance.score),
      largestPaint: lhr.audits['largest-contentful-paint'].numericValue,
      layoutShift: lhr.audits['cumulative-layout-shift'].numericValue,
      blocking: lhr.audits['total-blocking-time'].numericValue,
      bytes: lhr.audits['total-byte-weight'].numericValue,
      failed: scores.filter(category => category.id !== 'performance').flatMap(category => category.auditRefs
        .filter(reference => reference.weight > 0 && lhr.audits[reference.id].score !== null && lhr.audits[reference.id].score < 1)
        .map(reference => `${category.id}: ${reference.id}`)),
      opportunities: lhr.categories.performance.auditRefs
        .filter(reference => lhr.audits[reference.id].details?.type === 'opportunity' && lhr.audits[reference.id].score < 1)
        .map(reference => reference.id),
    };
  } finally {
    await chrome.kill();
  }
}

function percent(score) {
  return Math.round(score * 100);
}
