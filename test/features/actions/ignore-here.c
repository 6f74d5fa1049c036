// action: Ignore header-type-mismatch here
//- driver.c
#include <ndis.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE handle;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars = { 0 };
    if (RegistryPath)
        chars.Header.Type = NDIS_OBJECT_TYPE_DE$0FAULT;
    return NdisRegisterProtocolDriver(NULL, &chars, &handle);
}
