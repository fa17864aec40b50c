import { render, screen } from '@testing-library/react';
import App from './App';

describe('App', () => {
  it('offers to enter as a guest and as each demo user', async () => {
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: JSON.stringify([
        {
          data: {
            app: { title: 'Test', baseUrl: 'http://localhost:7007' },
            backend: { baseUrl: 'http://localhost:7007' },
            auth: {
              providers: {
                demo: {
                  users: [
                    {
                      entityRef: 'user:default/olivia',
                      title: 'Olivia',
                      description: 'Owns the storefront',
                    },
                  ],
                },
              },
            },
          },
          context: 'test',
        },
      ]) as unknown as string,
    };
    Object.assign(process.env, {
      APP_CONFIG: JSON.parse(process.env.APP_CONFIG ?? '[]'),
    });

    render(App.createRoot());

    expect(
      await screen.findByRole('button', { name: /enter as guest/i }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /enter as olivia/i }),
    ).toBeInTheDocument();
  });
});
