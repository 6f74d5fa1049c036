//- driver.h
#include <ndis.h>

extern NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;
NDIS_STATUS RegisterOne(VOID);
NDIS_STATUS RegisterOther(VOID);

//- driver.c
#include "driver.h"

NDIS_HANDLE ProtocolHandle;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;
    status = RegisterOne();
    if (status == NDIS_STATUS_SUCCESS) {
        (void)RegisterOther();
    }
    return status;
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
}

//- protocol.c
#include "driver.h"

NDIS_STATUS RegisterOne(VOID)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    return NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
}

NDIS_STATUS RegisterOther(VOID)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;

    FillOtherCharacteristics(&chars);
    return NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
//         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning handle-overwritten: 'NdisRegisterProtocolDriver' overwrites the handle in 'ProtocolHandle', and 'NdisRegisterProtocolDriver' (line 8) is still registered
}
