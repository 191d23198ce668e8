# Results are numbered by register, which the template names, not by the national type of result.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('onestop', '0002_look_ups_in_vain'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='resultcounter',
            name='onestop_result_counter',
        ),
        migrations.RenameField(
            model_name='resultcounter',
            old_name='result_code',
            new_name='series',
        ),
        migrations.AlterField(
            model_name='resultcounter',
            name='series',
            field=models.CharField(max_length=60),
        ),
        migrations.AddConstraint(
            model_name='resultcounter',
            constraint=models.UniqueConstraint(fields=('unit_key', 'series', 'year'), name='onestop_result_counter'),
        ),
    ]
