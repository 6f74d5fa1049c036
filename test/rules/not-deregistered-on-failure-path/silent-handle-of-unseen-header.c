#include <ndis.h>
#include "not-there.h"

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = MyUnload;
    FillCharacteristics(&chars);
    status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
    if (status == NDIS_STATUS_SUCCESS) {
        status = NdisRegisterProtocolDriver(NULL, &chars, &SecondHandle);
    }
    if (status != NDIS_STATUS_SUCCESS && ProtocolHandle != NULL) {
        NdisDeregisterProtocolDriver(ProtocolHandle);
    }
    return status;
}
