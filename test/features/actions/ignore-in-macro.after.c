//- driver.c
#define \
    NDIS_MINIPORT_MAJOR_VERSION /* driverentry-ignore reserved-build-macro: reason */ \
    6
#include <ndis.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    return 0;
}
