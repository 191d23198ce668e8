"""Shared memory of tries, one-time passwords, names of procedures; officers found by folded name and by unit."""

from django.db import migrations, models

from tinhso.kernel.vietnamese import fold


def fill_officers(apps, _editor):
    """Give officers of before their folded name, and as unit that of their first post."""
    posts = apps.get_model("people", "PostHolding")
    for officer in apps.get_model("people", "Officer").objects.all():
        first = posts.objects.filter(officer=officer).order_by("pk").first()
        officer.name_folded, officer.unit_key = fold(officer.name), first.unit_key if first else ""
        officer.save(update_fields=["name_folded", "unit_key"])


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('code', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('name_vi', models.CharField(max_length=500)),
                ('name_en', models.CharField(max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name='Remembered',
            fields=[
                ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.TextField()),
                ('expires', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'people_remembered',
            },
        ),
        migrations.AddField(
            model_name='account',
            name='one_time_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='officer',
            name='name_folded',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='officer',
            name='unit_key',
            field=models.CharField(blank=True, db_index=True, max_length=64),
        ),
        migrations.RunPython(fill_officers, migrations.RunPython.noop),
    ]
