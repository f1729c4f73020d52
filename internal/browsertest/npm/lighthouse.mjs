// Runs Lighthouse's standard mobile preset over addresses of a running browser:
// node lighthouse.mjs PORT ADDRESS… prints one JSON object a line.
import lighthouse from "lighthouse";

const [port, ...addresses] = process.argv.slice(2);
for (const address of addresses) {
  const { lhr } = await lighthouse(address, { port: Number(port), output: "json", logLevel: "silent" });
  const failed = [];
  for (const category of Object.values(lhr.categories)) {
    for (const { id, weight } of category.auditRefs) {
      const audit = lhr.audits[id];
      if (category.id !== "performance" && weight > 0 && audit.score !== null && audit.score < 1) failed.push(id + ": " + audit.title);
    }
  }
  const scores = Object.fromEntries(Object.values(lhr.categories).map((c) => [c.id, Math.round(c.score * 100)]));
  const value = (id) => lhr.audits[id].numericValue;
  console.log(JSON.stringify({
    address, scores, failed,
    firstPaint: value("first-contentful-paint"), largestPaint: value("largest-contentful-paint"),
    blocking: value("total-blocking-time"), shift: value("cumulative-layout-shift"),
    bytes: value("total-byte-weight"), requests: lhr.audits["network-requests"].details.items.length,
    benchmarkIndex: lhr.environment.benchmarkIndex,
  }));
}
