import type { Alert } from './live/frames';

export interface Session {
  username: string;
  role: 'viewer' | 'operator' | 'admin';
}

export interface Series {
  metric: string;
  host: string | null;
  labels: Record<string, string>;
  points: [number, number | null][];
}

/** An answer that is not the one hoped for; the text is fit to be shown. */
export class ApiError extends Error {
  constructor(readonly status: number, message: string, readonly retryAfterSeconds?: number) {
    super(message);
  }
}

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

  signIn(credential: { username: string; password: string } | { one_time: string }): Promise<void> {
    return this.call('POST', '/api/v1/session', credential);
  }

  signOut(): Promise<void> {
    return this.call('DELETE', '/api/v1/session');
  }

  async history(metric: string, hosts: string[], timeframe: string, maxPoints: number): Promise<Series[]> {
    const query = new URLSearchParams({ metrics: metric, hosts: hosts.join(','), timeframe, max_points: String(maxPoints) });
    return (await this.call<{ series: Series[] }>('GET', `/api/v1/metrics/historical?${query}`)).series;
  }

  acknowledge(alertId: string): Promise<Alert> {
    return this.call('PATCH', `/api/v1/alerts/${encodeURIComponent(alertId)}`, { status: 'acknowledged' });
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    let response: Response;
    try {
      response = await fetch(path, {
        method,
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

function problem(response: Response, text: string): ApiError {
  const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
  try {
    const { detail, title } = JSON.parse(text);
    return new ApiError(response.status, detail || title || `Answer ${response.status}`, retryAfter);
  } catch {
    return new ApiError(response.status, `The server answered ${response.status}.`, retryAfter);
  }
}

export const api = new Api();
