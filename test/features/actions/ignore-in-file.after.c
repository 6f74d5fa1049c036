//- driver.c
/*
 * A driver of old.
 */
// driverentry-ignore-file legacy-registration-api: reason

#include <ndis.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_CHARACTERISTICS chars;
    return NdisRegisterProtocol(&chars);
}
