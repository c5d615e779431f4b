import { z } from 'zod';
import { timestamp } from './common.ts';

export const userRoles = ['administrator', 'editor', 'viewer'] as const;
export type UserRole = (typeof userRoles)[number];
export const userRole = z.enum(userRoles);

const email = z.email('Enter an email address, like ada@example.com.');
const password = z
  .string()
  .min(12, 'Use at least 12 characters.')
  .max(128, 'Use at most 128 characters.');

export const signInRequest = z.object({
  email,
  password: z.string().min(1, 'Enter your password.'),
});
export type SignInRequest = z.infer<typeof signInRequest>;

/** Body of `POST /api/setup`: turns a one-time link into a user. */
export const acceptInvitationRequest = z.object({
  secret: z.string().min(1),
  name: z.string().trim().min(1, 'Enter your name.').max(200),
  email,
  password,
});
export type AcceptInvitationRequest = z.infer<typeof acceptInvitationRequest>;

export const userResponse = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: userRole,
  createdAt: timestamp,
});
export type UserResponse = z.infer<typeof userResponse>;

/** Body of `POST /api/members/invitations`; the answer holds the link, which is shown once. */
export const inviteRequest = z.object({ email, role: userRole });
export type InviteRequest = z.infer<typeof inviteRequest>;
export const inviteResponse = z.object({ url: z.string(), expiresAt: timestamp });
export type InviteResponse = z.infer<typeof inviteResponse>;

/** Body of `PATCH /api/members/<id>`. */
export const changeRoleRequest = z.object({ role: userRole });
export type ChangeRoleRequest = z.infer<typeof changeRoleRequest>;
