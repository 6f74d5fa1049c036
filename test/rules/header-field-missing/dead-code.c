#include <ndis.h>

#define DEMO_DEVICE 0

static NDIS_HANDLE DriverHandle;

// What never runs is only hinted at; a flag that may be set makes it run.
NDIS_STATUS RegisterDevices(PNDIS_HANDLE Handles, PDEVICE_OBJECT *Objects, ULONG Options)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes = {0};
    BOOLEAN never = FALSE;
    BOOLEAN sometimes = FALSE;
    NDIS_STATUS status = NDIS_STATUS_SUCCESS;

    attributes.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    attributes.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    attributes.DeviceName = &g_DeviceName;
    attributes.SymbolicName = &g_SymbolicName;
    attributes.MajorFunctions = g_Dispatch;
    if (Options & 1)
        sometimes = TRUE;

    if (DEMO_DEVICE)
        status = NdisRegisterDeviceEx(DriverHandle, &attributes, &Objects[0], &Handles[0]);
        //                                          ^^^^^^^^^^^ hint header-field-missing: 'attributes.Header.Size' is never set
    else if (never == TRUE)
        status = NdisRegisterDeviceEx(DriverHandle, &attributes, &Objects[1], &Handles[1]);
        //                                          ^^^^^^^^^^^ hint header-field-missing: 'attributes.Header.Size' is never set
    else if (sometimes)
        status = NdisRegisterDeviceEx(DriverHandle, &attributes, &Objects[2], &Handles[2]);
        //                                          ^^^^^^^^^^^ error header-field-missing: 'attributes.Header.Size' is never set
    return status;
}
