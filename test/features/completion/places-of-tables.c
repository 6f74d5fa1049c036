#include <ndis.h>

typedef struct _CONTEXT {
    ULONG Count;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Protocol;
    PNDIS_MINIPORT_DRIVER_CHARACTERISTICS Miniport;
} CONTEXT, *PCONTEXT;

static NDIS_FILTER_DRIVER_CHARACTERISTICS g_Filter;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS g_Designated = {
    .$0
    //? Header.Size = … | required
    //? MajorNdisVersion = … | required
    //! Header.Type = …
    //! Header.Revision = …
    //! PauseHandler = …
    //! HaltHandlerEx = …
    //= .Header.Size = |,
    .Header = {
        .Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
        .Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
        .$0
        //? Size = … | required
        //only
        .Size = $0
        //? NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 | goes with the revision
        .Si$0,
        //? Size = …
        //= .Size = |,
    },
    .PauseHandler = MPPause,
    .Header.$0
    //? Size = …
    //only
    .RestartHandler = $0
    //? MPRestart | new MINIPORT_RESTART
    .HaltHandlerEx = MPHalt
};

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS g_Positional = {
    { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS, $0 },
    //none
    6, $0
    //none
};

VOID FillProtocol(PCONTEXT Context)
{
    Context->Protocol.MajorNdisVersion = 6;
    Context->Protocol.$0
    //? Header.Type = … | required
    //! MajorNdisVersion = …
    Context->Protocol.Header.Type = $0
    //? NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS
    Context->Miniport->$0
    //? Header.Type = … | required
    Context->$0
    //none
    Context[0].Protocol.$0
    //? Header.Type = … | required
}

VOID FillMiniport(PNDIS_MINIPORT_DRIVER_CHARACTERISTICS Table, int Newer)
{
    Table->MajorNdisVersion = 6;
#if NDIS_SUPPORT_NDIS630
    Table->Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    Table->$0
    //? Header.Type = …
    //? Header.Size = …
    //! Header.Revision = …
#else
    Table->$0
    //? Header.Type = …
    //? Header.Revision = …
    //? Header.Size = …
    //! MajorNdisVersion = …
#endif
    if (Newer) {
        Table->PauseHandler = MPPause;
    } else {
        Table->Pau$0
        //? Header.Type = …
        Table->RestartHandler = MPRestart;
    }
#if 0
    Table->$0
    //none
#endif
    (*Table).$0
    //none
    Table.$0
    //none
}

VOID FillFilter(void)
{
    g_Filter.AttachHandler = FltAttach;
    g_Filter.$0
    //? Header.Type = … | required
    //! AttachHandler = …
    g_F$0
    //? g_Filter.Header.Type = … | required
    //= g_Filter.Header.Type = |;
}

VOID Literal(PNDIS_HANDLE Handle)
{
    Use((NDIS_PROTOCOL_DRIVER_CHARACTERISTICS){ .$0 });
    //? Header.Type = …
    struct other { int Type; } o = { .$0 };
    //none
}

static NDIS_FILTER_PARTIAL_CHARACTERISTICS g_Defaults = {
    { NDIS_OBJECT_TYPE_FILTER_PARTIAL_CHARACTERISTICS, NDIS_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1, 0 },
    0, FltSend, FltSendComplete, FltCancelSend, FltReceive, FltReturn
};

NDIS_STATUS CopyOfDefaults(NDIS_HANDLE Filter)
{
    NDIS_FILTER_PARTIAL_CHARACTERISTICS partial;
    partial = g_Defaults;
    partial.Header.Size = sizeof(partial);
    partial.$0
    //? Header.Type = … | optional
    //! Header.Size = …
    return NdisSetOptionalHandlers(Filter, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&partial);
}

NDIS_STATUS ArmsOfUnion(NDIS_HANDLE Adapter)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes;
    attributes.RegistrationAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    attributes.RegistrationAttributes.$0
    //? Header.Revision = …
    //! Header.Type = …
    NdisMSetMiniportAttributes(Adapter, &attributes);
    attributes.GeneralAttributes.$0
    //? Header.Type = …
    attributes.$0
    //none
    return NdisMSetMiniportAttributes(Adapter, &attributes);
}
