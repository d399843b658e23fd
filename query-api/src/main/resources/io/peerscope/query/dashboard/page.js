'use strict';

const REFRESH_MS = 30000;
const AT = '/api/p2p/dashboard/';
const SVG = 'http://www.w3.org/2000/svg';
const FIGURES = [
  ['active_users', 'Active users', ''],
  ['p2p_connections', 'P2P connections', ''],
  ['average_latency_ms', 'Average latency', 'ms'],
  ['bandwidth_mbps', 'Bandwidth', 'Mbit/s'],
  ['success_rate', 'Success rate', '%'],
  ['active_streams', 'Active streams', ''],
];
const TRENDS = {
  latency_ms: 'Latency, ms', bandwidth_mbps: 'Bandwidth, Mbit/s', packet_loss: 'Packet loss, %', jitter_ms: 'Jitter, ms',
  bitrate_kbps: 'Bit rate, kbit/s', frame_rate: 'Frames a second', buffer_level_seconds: 'Buffer, s',
  active_users: 'Users', session_connections: 'Connections of sessions', session_streams: 'Streams of sessions',
};

function element(name, text, parent) {
  const made = document.createElement(name);
  made.textContent = text;
  parent.append(made);
  return made;
}

function card(title, parent) {
  const made = element('div', '', parent);
  made.className = 'card';
  element('h3', title, made);
  return made;
}

function shown(value, unit) {
  if (value === null || value === undefined) {
    return '–';
  }
  return new Intl.NumberFormat('en', { maximumFractionDigits: value < 100 ? 1 : 0 }).format(value) + (unit ? ' ' + unit : '');
}

async function ask(path) {
  const answer = await fetch(AT + path, { credentials: 'same-origin' });
  if (answer.status === 401) {
    location.assign('/login');
  }
  if (!answer.ok) {
    throw new Error(path + ' answers ' + answer.status);
  }
  return answer.json();
}

function showFigures(now) {
  const figures = document.getElementById('figures');
  figures.replaceChildren();
  for (const [name, title, unit] of FIGURES) {
    element('p', shown(now[name], unit), card(title, figures));
  }
}

function line(points) {
  const known = points.filter(([, value]) => value !== null);
  const times = known.map(([time]) => time);
  const values = known.map(([, value]) => value);
  const from = Math.min(...times), width = Math.max(...times) - from || 1;
  const top = Math.max(...values, 0), height = top - Math.min(...values, 0) || 1;
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', known.map(([time, value], i) => (i ? 'L' : 'M') + (100 * (time - from) / width).toFixed(2)
    + ' ' + (2 + 36 * (top - value) / height).toFixed(2)).join(''));
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 100 40');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.append(path);
  return svg;
}

function showTrends(answer) {
  const trends = document.getElementById('trends');
  trends.replaceChildren();
  for (const trend of answer.trends.filter((each) => each.points.length > 1)) {
    const made = card(TRENDS[trend.name] || trend.name, trends);
    element('p', shown(trend.points.at(-1)[1], ''), made);
    made.append(line(trend.points));
  }
  if (!trends.hasChildNodes()) {
    element('p', 'Nothing was measured yet.', trends);
  }
}

function showAlerts(answer) {
  const alerts = document.getElementById('alerts');
  alerts.replaceChildren();
  for (const alert of answer.alerts) {
    element('li', alert.severity + ': ' + alert.summary, alerts).dataset.severity = alert.severity;
  }
  if (!alerts.hasChildNodes()) {
    element('li', 'No alert fires.', alerts).dataset.severity = 'info';
  }
}

async function refresh() {
  const state = document.getElementById('state');
  try {
    const [now, trends, alerts] = await Promise.all([ask('realtime-metrics'), ask('trends'), ask('alerts')]);
    showFigures(now);
    showTrends(trends);
    showAlerts(alerts);
    state.textContent = 'as of ' + new Date(now.as_of).toLocaleTimeString();
  } catch (trouble) {
    state.textContent = 'no answer (' + trouble.message + '); asking again soon';
  }
}

refresh();
setInterval(refresh, REFRESH_MS);
