#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

NDIS_STATUS
//<^^^^^^^^^^^ information driver-entry-signature: 'DriverEntry' returns 'NTSTATUS', here 'NDIS_STATUS'
DriverEntry(
    _In_ PDRIVER_OBJECT DriverObject,
    _In_ PUNICODE_STRING RegistryPath
    )
{
    return NDIS_STATUS_SUCCESS;
}
