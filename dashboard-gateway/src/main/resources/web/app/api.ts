import type { Alert } from './live/frames';

export interface Session {
  username: string;
  role: 'viewer' | 'operator' | 'admin';
}

export interface AlertChange {
  status?: 'acknowledged' | 'resolved' | 'open';
  resolution_notes?: string;
  assignee?: string | null;
}

export interface History {
  tier: string;
  step_seconds: number;
  series: Series[];
}

export interface Series {
  metric: string;
  host: string | null;
  kind?: string | null;
  labels: Record<string, string>;
  points: [number, number | null][];
}

/** What is wrong with one part of what was sent. */
export interface Fault {
  field?: string;
  detail: string;
}

/** An answer that is not the one hoped for; the text is fit to be shown. */
export class ApiError extends Error {
  constructor(readonly status: number, message: string, readonly retryAfterSeconds?: number, readonly faults: Fault[] = [], readonly code = '') {
    super(message);
  }
}

/** Parameters of a question; what is empty is left out. */
export type Parameters = Record<string, string | number | string[] | null | undefined>;

/** The gateway's REST interface. The header on every call is what tells our own page from a foreign form. */
class Api {
  /** Who is signed in; null where nobody is. */
  async session(): Promise<Session | null> {
    try {
      return await this.call<Session>('GET', '/api/v1/session');
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  }

  signIn(credential: { username: string; password: string; code?: string } | { one_time: string }): Promise<{ recovery_codes?: string[] }> {
    return this.call('POST', '/api/v1/session', credential);
  }

  signOut(): Promise<void> {
    return this.call('DELETE', '/api/v1/session');
  }

  async history(metric: string, hosts: string[], timeframe: string, maxPoints: number): Promise<Series[]> {
    return (await this.series({ metrics: metric, hosts, timeframe, max_points: maxPoints })).series;
  }

  series(parameters: Parameters, signal?: AbortSignal): Promise<History> {
    return this.get('/api/v1/metrics/historical', parameters, signal);
  }

  get<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> {
    return this.call('GET', path + query(parameters), undefined, signal);
  }

  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
    return this.call(method, path, body);
  }

  acknowledge(alertId: string): Promise<Alert> {
    return this.changeAlert(alertId, { status: 'acknowledged' });
  }

  changeAlert(alertId: string, change: AlertChange): Promise<Alert> {
    return this.call('PATCH', `/api/v1/alerts/${encodeURIComponent(alertId)}`, change);
  }

  private async call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    let response: Response;
    try {
      response = await fetch(path, {
        method,
        signal,
        headers: {
          'X-Requested-With': 'peerscope',
          Accept: 'application/json',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw new ApiError(0, 'The server cannot be reached.');
    }
    const text = await response.text();
    if (!response.ok) throw problem(response, text);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}

/** An element of a list in an address: in quotes where it has what separates elements. */
export function quoted(text: string): string {
  return /^["\s]|[,:]|\s$/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}

export function labelled(name: string, value: string): string {
  return `${quoted(name)}:${quoted(value)}`;
}

function query(parameters: Parameters): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    const text = Array.isArray(value) ? value.join(',') : value == null ? '' : String(value);
    if (text) pairs.set(name, text);
  }
  return pairs.size ? `?${pairs}` : '';
}

function problem(response: Response, text: string): ApiError {
  const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
  try {
    const { detail, title, errors, code } = JSON.parse(text);
    return new ApiError(response.status, detail || title || `Answer ${response.status}`, retryAfter, errors ?? [], code);
  } catch {
    return new ApiError(response.status, `The server answered ${response.status}.`, retryAfter);
  }
}

export const api = new Api();
