# A batch may be one of seals: the clerk orders many as the leader does.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('onestop', '0004_results_and_letters'),
    ]

    operations = [
        migrations.AddField(
            model_name='signingbatch',
            name='is_sealing',
            field=models.BooleanField(default=False),
        ),
    ]
