import { api, type Session } from '../api';

let current: Session | null = null;

export async function loadSession(): Promise<Session | null> {
  current = await api.session();
  return current;
}

/** Whether the signed-in person may act, not only look. The server decides; this only hides what it would refuse. */
export function mayAct(): boolean {
  return current?.role === 'operator' || current?.role === 'admin';
}

/** Whether rules, channels, people and tokens are this person's to change. */
export function mayRule(): boolean {
  return current?.role === 'admin';
}

export function whoami(): string {
  return current?.username ?? '';
}
